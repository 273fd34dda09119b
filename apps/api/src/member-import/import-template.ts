import type { Words } from '@fabomatic/i18n';
import ExcelJS from 'exceljs';

const WIDTH = 22;

/** The headings in the reader's language, and a column for each machine. Cells are texts. */
export async function templateWorkbook(
  { members, member_import: { target } }: Words,
  machines: readonly { readonly name: string }[],
): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet(members.title, { views: [{ state: 'frozen', ySplit: 1 }] });
  const headings = [
    target.firstName,
    target.lastName,
    target.email,
    target.card,
    target.role,
    target.consentAt,
    target.membershipEndsOn,
    ...machines.map(({ name }) => name),
  ];
  // A card is digits and stays as it is written: '@' is Excel's format for text.
  sheet.columns = headings.map((header) => ({ header, width: WIDTH, style: { numFmt: '@' } }));
  sheet.getRow(1).font = { bold: true };
  return Buffer.from(await workbook.xlsx.writeBuffer());
}
