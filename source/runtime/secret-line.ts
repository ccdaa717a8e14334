import type { ConsoleEvent } from '../console/event.ts';

/** Something secret while it is typed: here and nowhere else, for as long as it takes. */
export interface SecretLine {
  /** Resolves to what is typed; null: nothing, or the job that asked has ended. */
  ask(job: number): Promise<string | null>;
  type(text: string): void;
  erase(all: boolean): void;
  /** Hands it over to the job that asked. */
  take(job: number): void;
  /** The job needs no answer any more. */
  forget(job: number): void;
}

/** For a job: asks the person for something that must not be seen. */
export const askHiddenFor =
  (
    { secrets, dispatch }: { readonly secrets: SecretLine; dispatch(event: ConsoleEvent): void },
    job: number,
  ) =>
  (question: string): Promise<string | null> => {
    const answer = secrets.ask(job);
    dispatch({ event: 'secret-asked', job, question });
    return answer;
  };

export const createSecretLine = (): SecretLine => {
  const waiting = new Map<number, (text: string | null) => void>();
  let typed: string[] = [];
  const answer = (job: number, text: string | null): void => {
    waiting.get(job)?.(text);
    waiting.delete(job);
  };
  return {
    ask: (job) => new Promise((resolve) => waiting.set(job, resolve)),
    type(text) {
      typed.push(...text);
    },
    erase(all) {
      typed = all ? [] : typed.slice(0, -1);
    },
    take(job) {
      const text = typed.join('');
      typed = [];
      answer(job, text === '' ? null : text);
    },
    forget: (job) => answer(job, null),
  };
};
