/** Like Array.map, one at a time: nothing but the item in hand is kept. */
export function* mapEach<From, To>(
  items: Iterable<From>,
  shape: (item: From, index: number) => To,
): Generator<To> {
  let index = 0;
  for (const item of items) yield shape(item, index++);
}
