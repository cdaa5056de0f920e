import { Module } from '@nestjs/common';
import { StandInsService } from './stand-ins.service.js';
import { UsersController } from './users.controller.js';
import { UsersRepository } from './users.repository.js';
import { UsersService } from './users.service.js';

@Module({
  controllers: [UsersController],
  providers: [StandInsService, UsersRepository, UsersService],
  exports: [UsersRepository, UsersService],
})
export class UsersModule {}
