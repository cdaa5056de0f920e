import { Module } from '@nestjs/common';
import { FactsModule } from '../facts/facts.module.js';
import { ContactsProcessor } from './contacts.processor.js';
import { OwnPeople } from './own-people.service.js';

@Module({ imports: [FactsModule], providers: [OwnPeople, ContactsProcessor] })
export class ContactsModule {}
