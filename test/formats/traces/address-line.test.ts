import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressesOf } from '../../../source/formats/traces/content-search.ts';

test('recipients between commas or semicolons, with a name or without', () => {
  assert.deepEqual(addressesOf('Jacobs, G <g@x.example>; h@x.example, Iris i@x.example'), [
    'g@x.example',
    'h@x.example',
    'i@x.example',
  ]);
  assert.deepEqual(addressesOf("'k@x.example' <'k@x.example'>, SMTP:l@x.example;"), [
    'k@x.example',
    'l@x.example',
  ]);
  assert.deepEqual(addressesOf('a@x.example; a@x.example'), ['a@x.example']);
});

test('a display name that looks like an address is a name', () => {
  assert.deepEqual(addressesOf('"ceo@contoso.example" <mallory@evil.example>'), [
    'mallory@evil.example',
  ]);
});

test('what is no address is kept where nothing better is there, and legacy names always', () => {
  const legacy = '/o=ExchangeLabs/ou=Exchange Administrative Group/cn=Recipients/cn=g';
  assert.deepEqual(addressesOf(`${legacy}, Bob <b@x.example>`), [legacy, 'b@x.example']);
  assert.deepEqual(addressesOf('Doe, John; Roe, Jane'), ['Doe, John', 'Roe, Jane']);
  assert.deepEqual(addressesOf(' ;, '), [',']);
  assert.deepEqual(addressesOf(''), []);
});

test('a hostile cell takes no longer than its length', () => {
  const cell = '<'.repeat(200_000) + 'a'.repeat(200_000);
  assert.deepEqual(addressesOf(cell), [cell]);
});
