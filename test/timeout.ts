import { jest } from '@jest/globals'

// Jest takes no timeout per project; real programs take longer than the five seconds of a unit test.
jest.setTimeout(300_000)
