/** Two vendors; aws has a drained mirror. */
export const policyText = `canonical: us-central1-docker.pkg.dev/prod/images # what falls back to
vendors:
- name: google
  share: 60
  mirrors:
  - region: us-central1
    registry: us-central1-docker.pkg.dev/prod/images
    files: gs://prod-us
    serves: [us-east1, us-west1]
  - region: europe-west1
    registry: europe-west1-docker.pkg.dev/prod/images
    serves: [europe-north1]
- name: aws
  share: 40
  mirrors:
  - region: us-east-1
    registry: 111122223333.dkr.ecr.us-east-1.amazonaws.com/images
    files: s3://prod-us-east-1
  - region: eu-west-1
    registry: 111122223333.dkr.ecr.eu-west-1.amazonaws.com/images
    state: drained
    serves: [eu-west-2]
  - region: eu-central-1
    registry: 111122223333.dkr.ecr.eu-central-1.amazonaws.com/images
`
