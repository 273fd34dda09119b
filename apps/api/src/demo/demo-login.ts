/** Who logs in to the demo. Not a secret: its database is thrown away, and the banner shows both. */
export const DEMO_EMAIL = 'demo@fablab.org';
export const DEMO_PASSWORD = 'fabomatic-demo';
