/** A small workbook, written by hand so that a spec can put into it what no program would. */
const PARTS = {
  '[Content_Types].xml':
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
  '_rels/.rels':
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
  'xl/_rels/workbook.xml.rels':
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
};

export interface WorkbookEdits {
  /** Between the sheets' properties and its rows. */
  readonly beforeRows?: string;
  /** After the rows for a heading and Ada. */
  readonly moreRows?: string;
  readonly afterRows?: string;
  /** After the list of sheets. */
  readonly afterSheets?: string;
  /** How many parts the archive says it has less than it has. */
  readonly hiddenParts?: number;
}

/** Columns "First name" and "Last name", and Ada Byron. */
export function workbookOf(edits: WorkbookEdits): Buffer {
  const cell = (at: string, text: string) =>
    `<c r="${at}" t="inlineStr"><is><t>${text}</t></is></c>`;
  const head = `<row r="1">${cell('A1', 'First name')}${cell('B1', 'Last name')}</row>`;
  const ada = `<row r="2">${cell('A2', 'Ada')}${cell('B2', 'Byron')}</row>`;
  const rows = `<sheetData>${head}${ada}${edits.moreRows ?? ''}</sheetData>`;
  const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
  const office = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';
  const parts = {
    ...PARTS,
    'xl/workbook.xml': `<workbook ${main} ${office}><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets>${edits.afterSheets ?? ''}</workbook>`,
    'xl/worksheets/sheet1.xml': `<worksheet ${main}>${edits.beforeRows ?? ''}${rows}${edits.afterRows ?? ''}</worksheet>`,
  };
  return archiveOf(parts, edits.hiddenParts ?? 0);
}

/** A zip of parts that are not packed. */
function archiveOf(parts: Readonly<Record<string, string>>, hiddenParts: number): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [path, text] of Object.entries(parts)) {
    const name = Buffer.from(path);
    const content = Buffer.from(text);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt32LE(content.length, 18);
    local.writeUInt32LE(content.length, 22);
    local.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt32LE(content.length, 20);
    entry.writeUInt32LE(content.length, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(at, 42);
    files.push(local, name, content);
    directory.push(entry, name);
    at += local.length + name.length + content.length;
  }
  const end = Buffer.alloc(22);
  const told = Object.keys(parts).length - hiddenParts;
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(told, 8);
  end.writeUInt16LE(told, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...files, ...directory, end]);
}
