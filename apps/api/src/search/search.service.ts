import { SEARCH_LIMIT, type SearchQuery, type SearchResults } from '@fabomatic/members';
import { Injectable } from '@nestjs/common';
import { ReadDb } from '../database/db';
import { LabService } from '../lab/lab.service';
import { findMembers } from './found-members.queries';

/** One search over everything: machines and plans from memory, members with one query. */
@Injectable()
export class SearchService {
  constructor(
    private readonly db: ReadDb,
    private readonly lab: LabService,
  ) {}

  async find({ q }: SearchQuery): Promise<SearchResults> {
    const machines = [...this.lab.machines()];
    const plans = machines.flatMap((machine) =>
      machine.plans.map(({ id, description }) => ({
        id,
        description,
        machineId: machine.id,
        machineName: machine.name,
      })),
    );
    return {
      members: await findMembers(this.db, q, SEARCH_LIMIT),
      machines: best(machines, q, ({ name, type }) => [name, type?.name ?? '']).map(
        ({ id, name, type }) => ({ id, name, typeName: type?.name ?? null }),
      ),
      plans: best(plans, q, ({ description }) => [description]),
    };
  }
}

/** The first that have the text in one of their words, what begins with it before the others. */
function best<T>(items: readonly T[], text: string, wordsOf: (item: T) => readonly string[]): T[] {
  const sought = text.toLowerCase();
  const found = items
    .map((item) => ({ item, words: wordsOf(item).map((word) => word.toLowerCase()) }))
    .filter(({ words }) => words.some((word) => word.includes(sought)));
  const rank = (words: readonly string[]) => (words[0]?.startsWith(sought) ? 0 : 1);
  return found
    .sort(
      (a, b) => rank(a.words) - rank(b.words) || (a.words[0] ?? '').localeCompare(b.words[0] ?? ''),
    )
    .slice(0, SEARCH_LIMIT)
    .map(({ item }) => item);
}
