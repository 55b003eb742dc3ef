throw new Error('this test has no cloud to log in to')
