import { HttpTestingController, type TestRequest } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';

const MAX_WAIT_MS = 4000;
const LOOK_EVERY_MS = 5;

/** The one request that fits, once it was made: a pause takes as long as the computer lets it. */
export async function nextRequest(
  fits: Parameters<HttpTestingController['match']>[0],
): Promise<TestRequest> {
  const http = TestBed.inject(HttpTestingController);
  const endMs = performance.now() + MAX_WAIT_MS;
  while (performance.now() < endMs) {
    const [request, ...others] = http.match(fits);
    if (others.length > 0) throw new Error(`${1 + others.length} requests fit`);
    if (request !== undefined) return request;
    await new Promise((done) => setTimeout(done, LOOK_EVERY_MS));
  }
  return http.expectOne(fits);
}
