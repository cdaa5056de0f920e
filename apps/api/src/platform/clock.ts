import { Global, Injectable, Module } from '@nestjs/common';

/** The one reader of the time. Tests put their own in its place; the domain never asks, it is told. */
@Injectable()
export class Clock {
  now(): Date {
    return new Date();
  }
}

@Global()
@Module({ providers: [Clock], exports: [Clock] })
export class ClockModule {}
