import { LabZone } from './lab-zone';

const at = (iso: string) => Date.parse(iso) / 1000;

test.each([
  ['Europe/Rome', '2026-11-24T11:00:00Z', '2026-11-24T12:00:00Z'],
  ['Europe/Rome', '2026-07-01T22:30:00Z', '2026-07-02T00:30:00Z'],
  // The clocks change at 01:00 UTC.
  ['Europe/Rome', '2026-03-29T00:59:59Z', '2026-03-29T01:59:59Z'],
  ['Europe/Rome', '2026-03-29T01:00:00Z', '2026-03-29T03:00:00Z'],
  ['Europe/Rome', '2026-10-25T00:59:59Z', '2026-10-25T02:59:59Z'],
  ['Europe/Rome', '2026-10-25T01:00:00Z', '2026-10-25T02:00:00Z'],
  ['America/New_York', '2026-11-24T04:59:00Z', '2026-11-23T23:59:00Z'],
  ['Asia/Kathmandu', '2026-11-24T00:00:00Z', '2026-11-24T05:45:00Z'],
])('the wall in %s at %s shows %s', (timezone, epoch, wall) => {
  expect(new LabZone(timezone).wallS(at(epoch))).toBe(at(wall));
});

test.each([
  ['Europe/Rome', '2026-11-24T00:00:00Z', '2026-11-23T23:00:00Z'],
  ['Europe/Rome', '2026-03-29T00:00:00Z', '2026-03-28T23:00:00Z'],
  ['Europe/Rome', '2026-03-30T00:00:00Z', '2026-03-29T22:00:00Z'],
  ['Europe/Rome', '2026-10-26T00:00:00Z', '2026-10-25T23:00:00Z'],
  ['America/New_York', '2026-11-24T00:00:00Z', '2026-11-24T05:00:00Z'],
])('the clock in %s shows %s at %s', (timezone, wall, epoch) => {
  expect(new LabZone(timezone).epochOfWallS(at(wall))).toBe(at(epoch));
});
