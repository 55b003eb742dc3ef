import type { Store } from '../../storage/index.ts'

/** What files are read from. */
export type Source = Pick<Store, 'address' | 'stat' | 'read'>
