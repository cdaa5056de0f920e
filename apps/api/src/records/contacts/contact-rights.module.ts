import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { ContactErasureRepository } from './contact-erasure.repository.js';
import { ContactErasure } from './contact-erasure.service.js';
import { ContactExportsRepository } from './contact-exports.repository.js';
import { ContactExports } from './contact-exports.service.js';
import { ContactRightsController } from './contact-rights.controller.js';

/** What a person may ask of whoever keeps facts about them: to be told all, and to be forgotten. */
@Module({
  imports: [AccountsModule],
  controllers: [ContactRightsController],
  providers: [ContactErasure, ContactErasureRepository, ContactExports, ContactExportsRepository],
})
export class ContactRightsModule {}
