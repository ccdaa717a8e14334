import type { Figures } from './figures.ts';
import type { ProductFigures } from './product-figures.ts';

/** The marked set: what an export lists. */
const marked = ({ messages, ...rest }: Figures): Figures => ({
  ...rest,
  messages: Object.fromEntries(
    Object.entries(messages).filter(([, one]) => ['confirmed', 'presumed'].includes(one.class)),
  ),
});

const isTree = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Each figure in which two differ, as `path: is, expected`. */
const differing = (path: string, is: unknown, expected: unknown): readonly string[] => {
  if (isTree(is) && isTree(expected)) {
    const names = [...new Set([...Object.keys(is), ...Object.keys(expected)])];
    return names.flatMap((name) => differing(`${path} / ${name}`, is[name], expected[name]));
  }
  const [one, other] = [JSON.stringify(is), JSON.stringify(expected)];
  return one === other ? [] : [`${path}: ${one}, expected ${other}`];
};

/** Where what the program prints is not what the plain computation comes to; none: it is, in all. */
export const differences = (product: ProductFigures, plain: Figures): readonly string[] => [
  ...differing('listed', product.listed, plain),
  ...differing('exported', product.exported, marked(plain)),
];
