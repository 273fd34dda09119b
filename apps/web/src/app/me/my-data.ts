import { effect, inject } from '@angular/core';
import { MyDataView } from '@fabomatic/members';
import { type Detail, detail } from '../frame/detail-page/detail';
import { LabFacts } from '../live/lab-facts';

export const MY_URL = '/api/v1/me';

/**
 * What the lab keeps about the reader. It says which lab that is, too: members without the portal
 * have no live stream that would. Call it where `inject` may be called.
 */
export function myData(): Detail<MyDataView> {
  const facts = inject(LabFacts);
  const data = detail({ url: () => MY_URL, schema: MyDataView });
  effect(() => {
    const lab = data.record()?.lab;
    if (lab) facts.tell(lab);
  });
  return data;
}
