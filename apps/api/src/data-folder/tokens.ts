/** Injection token: `@Inject(DATA_FOLDER) folder: DataFolder`. */
export const DATA_FOLDER = Symbol('data folder');
/** Injection token: `@Inject(SECRETS) secrets: Secrets`. */
export const SECRETS = Symbol('secrets');
