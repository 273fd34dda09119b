export { UseView } from './use.schema';
