import { createRequire } from 'node:module';
import type { KqlTable } from '../../source/engines/kql-tables.ts';

/** What we use of Microsoft's parser, which is C# made JavaScript and defines globals. */
interface Parser {
  readonly Bridge: { readonly toArray: <Item>(list: unknown) => readonly Item[] };
  readonly System: {
    readonly Collections: {
      readonly Generic: {
        readonly List$1: (of: unknown) => {
          readonly ctor: new () => { add: (item: unknown) => void };
        };
      };
    };
  };
  readonly Kusto: {
    readonly Language: {
      readonly KustoCode: {
        readonly Parse: (text: string) => Code;
        readonly ParseAndAnalyze: (text: string, globals: unknown) => Code;
      };
      readonly GlobalState: {
        readonly Default: { readonly WithDatabase: (database: unknown) => unknown };
      };
      readonly Symbols: {
        readonly Symbol: unknown;
        readonly TableSymbol: {
          readonly From: (schema: string) => { readonly WithName: (name: string) => unknown };
        };
        readonly DatabaseSymbol: {
          readonly $ctor3: new (
            name: string,
            other: null,
            members: unknown,
            open: boolean,
          ) => unknown;
        };
      };
      readonly Syntax: {
        readonly SyntaxElement: {
          readonly WalkNodes: (root: unknown, each: (node: Node) => void) => void;
        };
      };
    };
  };
}

interface Node {
  readonly LiteralValue?: unknown;
}

interface Code {
  readonly Syntax: unknown;
  readonly GetDiagnostics: () => unknown;
  readonly ResultType: { readonly Columns: unknown } | null;
}

const require = createRequire(import.meta.url);
require('@kusto/language-service-next/bridge.min.js');
require('@kusto/language-service-next/Kusto.Language.Bridge.min.js');

const { Bridge, System, Kusto } = globalThis as unknown as Parser;
const { KustoCode, GlobalState, Symbols, Syntax } = Kusto.Language;

export interface Parsed {
  /** What the parser says against the query; empty: nothing. */
  readonly flaws: readonly string[];
  readonly columns: readonly string[];
}

/** A query held against a database that has this table alone, with the columns that are read. */
export const parsedKql = (kql: string, table: Pick<KqlTable, 'name' | 'columns'>): Parsed => {
  const schema = table.columns.map(([name, type]) => `${name}:${type}`).join(', ');
  const tables = new (System.Collections.Generic.List$1(Symbols.Symbol).ctor)();
  tables.add(Symbols.TableSymbol.From(`(${schema})`).WithName(table.name));
  const database = new Symbols.DatabaseSymbol.$ctor3('logs', null, tables, false);
  const code = KustoCode.ParseAndAnalyze(kql, GlobalState.Default.WithDatabase(database));
  const flaws = Bridge.toArray<{ Code: string; Message: string }>(code.GetDiagnostics());
  const columns =
    code.ResultType === null ? [] : Bridge.toArray<{ Name: string }>(code.ResultType.Columns);
  return {
    flaws: flaws.map(({ Code, Message }) => `${Code} ${Message}`),
    columns: columns.map(({ Name }) => Name),
  };
};

/** The values of the string literals of a query, as Microsoft's parser reads them. */
export const literalsOf = (kql: string): readonly string[] => {
  const found: string[] = [];
  Syntax.SyntaxElement.WalkNodes(KustoCode.Parse(kql).Syntax, ({ LiteralValue }) => {
    if (typeof LiteralValue === 'string') found.push(LiteralValue);
  });
  return found;
};
