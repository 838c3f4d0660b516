import { describe, expect, it } from 'vitest';
import { Credit } from '../../../../src/platform/voice/credit.ts';

describe('Credit', () => {
  it('lets 2 s out to a client that says nothing', () => {
    const credit = new Credit();
    expect(credit.roomMs).toBe(2000);
    credit.sent(2000);
    expect(credit.roomMs).toBe(0);
  });

  it('lets as much follow as was received', () => {
    const credit = new Credit();
    credit.sent(2000);
    credit.acknowledged(500, 0);
    expect(credit.roomMs).toBe(500);
  });

  it('stops 30 s beyond what was played', () => {
    const credit = new Credit();
    credit.sent(30_000);
    credit.acknowledged(30_000, 0);
    expect(credit.roomMs).toBe(0);
    credit.acknowledged(30_000, 700);
    expect(credit.roomMs).toBe(700);
  });

  it('believes no client that received what was never sent', () => {
    const credit = new Credit();
    credit.sent(1000);
    credit.acknowledged(1_000_000, 1_000_000);
    credit.sent(2000);
    expect(credit.roomMs).toBe(0);
    expect(credit.playedMs).toBe(1000);
  });

  it('takes nothing back', () => {
    const credit = new Credit();
    credit.sent(2000);
    credit.acknowledged(2000, 1000);
    credit.acknowledged(100, 50);
    expect(credit.roomMs).toBe(2000);
    expect(credit.playedMs).toBe(1000);
  });

  it('does not run dry on turns that were cleared unheard', () => {
    const credit = new Credit();
    for (let turn = 1; turn <= 100; turn++) {
      credit.sent(2000);
      credit.acknowledged(turn * 2000, turn * 100);
      credit.settled(turn * 2000);
    }
    expect(credit.roomMs).toBe(2000);
    credit.sent(30_000);
    credit.acknowledged(230_000, 10_000);
    expect(credit.roomMs).toBe(0);
  });
});
