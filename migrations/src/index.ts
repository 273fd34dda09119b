import { InitialSchema1764000000000 } from './1764000000000-initial-schema';

/** Every migration, oldest first: the order in which an empty database is built. */
export const migrations = [InitialSchema1764000000000] as const;
