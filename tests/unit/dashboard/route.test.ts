import { describe, expect, it } from 'vitest';
import { addressOf, readRoute, SECTIONS } from '../../../src/dashboard/route.ts';

describe('the dashboard’s addresses', () => {
  it.each([
    ['#/widgets', { section: 'widgets', item: null, type: null }],
    ['#/widgets/665e4a34c65bb95f2f2d72e1', { section: 'widgets', item: '665e4a34c65bb95f2f2d72e1', type: null }],
    ['#/keys/new', { section: 'keys', item: 'new', type: null }],
    ['#/calls?type=phone', { section: 'calls', item: null, type: 'phone' }],
    ['#/calls?type=fax', { section: 'calls', item: null, type: null }],
    ['#/widgets?type=phone', { section: 'widgets', item: null, type: null }],
  ])('%s means one page', (hash, route) => {
    expect(readRoute(hash)).toEqual(route);
  });

  it.each(['', '#', '#/', '#/nowhere', '#/nowhere/665e', '#/__proto__'])('%j means the calls', (hash) => {
    expect(readRoute(hash)).toEqual({ section: 'calls', item: null, type: null });
  });

  it('takes no notice of an item that is no text', () => {
    expect(readRoute('#/widgets/%E0%A4%A').item).toBeNull();
  });

  it('are read as they were written', () => {
    for (const section of SECTIONS) {
      for (const item of [null, 'new', 'a/b?c#d %']) {
        expect(readRoute(addressOf(section, item))).toEqual({ section, item, type: null });
      }
    }
    expect(readRoute(addressOf('calls', null, 'web')).type).toBe('web');
  });
});
