import { AllowedHosts, isPublicAddress } from './addresses.js';

describe('addresses that requests may reach', () => {
  it.each(['93.184.216.34', '8.8.8.8', '172.32.0.1', '100.128.0.1', '2606:4700::1111'])('%s is public', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    '127.0.0.1',
    '127.255.255.254',
    '0.0.0.0',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '100.64.0.1',
    '100.100.100.200',
    '169.254.169.254',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '::ffff:a9fe:a9fe',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '2001::1',
    'fc00::1',
    'fd00:ec2::254',
    'fe80::1',
    'fe80::1%eth0',
    'fec0::1',
    'ff02::1',
    'localhost',
    '',
  ])('%s is not', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

describe('hosts that an operator allows', () => {
  const allowed = AllowedHosts.parse('hooks.corp, 10.2.0.0/16 ,192.168.7.9,fd00::/8')!;

  it('are names as they are written, whatever their case', () => {
    expect(allowed.hasName('Hooks.Corp')).toBe(true);
    expect(allowed.hasName('evil-hooks.corp')).toBe(false);
  });

  it('are addresses and ranges', () => {
    expect(['10.2.200.1', '192.168.7.9', 'fd12::1'].every((address) => allowed.hasAddress(address))).toBe(true);
    expect(['10.3.0.1', '192.168.7.8', 'fe80::1', 'hooks.corp'].some((address) => allowed.hasAddress(address))).toBe(
      false,
    );
  });

  it('are none where nothing is listed, and no list where an entry is none of these', () => {
    expect(AllowedHosts.parse('')!.hasAddress('127.0.0.1')).toBe(false);
    expect(
      ['10.0.0.0/33', 'http://hooks', 'a b', 'x/8', '10.0.0.0/-1'].map((text) => AllowedHosts.parse(text)),
    ).toEqual([null, null, null, null, null]);
  });
});
