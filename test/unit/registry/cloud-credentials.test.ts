import { describe, expect, test } from '@jest/globals'
import { isGoogleRegistry, regionOfAmazonRegistry } from '../../../src/registry/cloud-credentials.ts'

describe('hosts', () => {
  test.each(['gcr.io', 'eu.gcr.io', 'europe-west1-docker.pkg.dev', 'us-docker.pkg.dev'])('%s is Google’s', (host) => {
    expect(isGoogleRegistry(host)).toBe(true)
  })

  test.each([
    'gcr.io.example.com',
    'evil-docker.pkg.dev.example.com',
    'example.com',
    'xgcr.io',
    'a.b.gcr.io',
    'docker.pkg.dev:443',
  ])('%s gets no token of Google’s', (host) => {
    expect(isGoogleRegistry(host)).toBe(false)
  })

  test.each([
    ['111122223333.dkr.ecr.us-east-1.amazonaws.com', 'us-east-1'],
    ['111122223333.dkr.ecr-fips.us-gov-west-1.amazonaws.com', 'us-gov-west-1'],
    ['111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn', 'cn-north-1'],
    ['111122223333.dkr-ecr.eu-west-1.on.aws', 'eu-west-1'],
    ['111122223333.dkr.ecr.us-east-1.amazonaws.com.example.com', undefined],
    ['evil.dkr.ecr.us-east-1.amazonaws.com', undefined],
    ['public.ecr.aws', undefined],
  ])('%s is in the region %s', (host, region) => {
    expect(regionOfAmazonRegistry(host)).toBe(region)
  })
})
