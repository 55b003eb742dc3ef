import { main } from '../index.js'
await main('mirror-redirects')
