import { ConfigError, readConfig } from './config.js';

const url = 'postgres://steward:secret@127.0.0.1:5432/steward';

describe('reading the environment', () => {
  it('needs no more than the address of the database', () => {
    const config = readConfig({ DATABASE_URL: url });
    expect(config.http).toMatchObject({ host: '127.0.0.1', port: 3000, publicUrl: 'http://127.0.0.1:3000' });
    expect(config.queue).toEqual({ redisUrl: null, namespace: 'bullmq' });
    expect(config.isSecure).toBe(false);
  });

  it('names every bad variable in one message', () => {
    const read = () => readConfig({ PORT: 'eighty', REDIS_URL: 'localhost', LOG_LEVEL: 'loud' });
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(/DATABASE_URL is missing[\s\S]*REDIS_URL must look like redis:[\s\S]*PORT [\s\S]*LOG_LEVEL /);
  });

  it('takes an empty variable for an absent one', () => {
    expect(readConfig({ DATABASE_URL: url, PORT: '', REDIS_URL: '' }).http.port).toBe(3000);
  });

  it('needs a sender where it is to send mail', () => {
    const SMTP_URL = 'smtp://mail.example.com';
    expect(() => readConfig({ DATABASE_URL: url, SMTP_URL })).toThrow(/MAIL_FROM is missing/);
    expect(readConfig({ DATABASE_URL: url, SMTP_URL, MAIL_FROM: 'Steward <steward@example.com>' }).mail).not.toBeNull();
    expect(readConfig({ DATABASE_URL: url }).mail).toBeNull();
    const header = 'a@example.com\nBcc: everyone@example.com';
    expect(() => readConfig({ DATABASE_URL: url, SMTP_URL, MAIL_FROM: header })).toThrow(/MAIL_FROM must look like/);
  });

  it('names a list of hosts that is none', () => {
    expect(() => readConfig({ DATABASE_URL: url, OUTGOING_PRIVATE_HOSTS: 'http://hooks' })).toThrow(
      /OUTGOING_PRIVATE_HOSTS must list names/,
    );
  });

  it('marks an install behind TLS as secure and drops a trailing slash', () => {
    const config = readConfig({ DATABASE_URL: url, PUBLIC_URL: 'https://steward.example.com/' });
    expect(config.http.publicUrl).toBe('https://steward.example.com');
    expect(config.isSecure).toBe(true);
  });
});
