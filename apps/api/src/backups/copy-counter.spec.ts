import { CopyCounter } from './copy-counter';

/** As pg_restore writes it: `\N` is null, a line break within a value is `\n`. */
const TEXT = String.raw`--
-- PostgreSQL database dump
--
SET client_encoding = 'UTF8';
COPY public.machines (id, name) FROM stdin;
1	COPY public.uses (id) FROM stdin;
2	\\.
3	a\nb
4	ü \N
\.


COPY public.migrations (id, "timestamp", name) FROM stdin;
1	1795000000000	First1795000000000
2	1795000000001	Second1795000000001
\.


COPY public.uses (id, ended_at) FROM stdin;
\.


SELECT pg_catalog.setval('public.machines_id_seq', 4, true);
`;

it.each([1, 7, 64, 100_000])('counts rows, in pieces of %s bytes', (size) => {
  const counter = new CopyCounter();
  const text = Buffer.from(TEXT);
  for (let at = 0; at < text.length; at += size) counter.add(text.subarray(at, at + size));
  expect(counter.rows).toEqual({ machines: 4, migrations: 2, uses: 0 });
  expect(counter.migrations).toEqual(['First1795000000000', 'Second1795000000001']);
  expect(counter.isWhole).toBe(true);
});

it.each(['COPY public.machines (id) FROM stdin;\n1\n2', 'COPY public.machines (id) FROM stdin;\n'])(
  'a table without its end is not whole: %j',
  (text) => {
    const counter = new CopyCounter();
    counter.add(Buffer.from(text));
    expect(counter.isWhole).toBe(false);
  },
);
