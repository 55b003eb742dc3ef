import { main } from '../index.js'
await main('lint-manifests')
