import { ReplyGate } from './reply-gate';

test('an answer leaves within its deadline', () => {
  const gate = new ReplyGate();
  const ticket = gate.arrival(1, 0);
  expect(gate.mayAnswer(ticket, 1800)).toBe(true);
  expect(gate.mayAnswer(ticket, 1801)).toBe(false);
});

test('a newer message of the machine silences the answers before it', () => {
  const gate = new ReplyGate();
  const first = gate.arrival(1, 0);
  const second = gate.arrival(1, 10);
  expect(gate.mayAnswer(first, 11)).toBe(false);
  expect(gate.mayAnswer(second, 11)).toBe(true);
});

test('machines do not silence each other', () => {
  const gate = new ReplyGate();
  const first = gate.arrival(1, 0);
  gate.arrival(2, 10);
  expect(gate.mayAnswer(first, 11)).toBe(true);
});
