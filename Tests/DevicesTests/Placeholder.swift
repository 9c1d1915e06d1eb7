// placeholder, delete when the target has a test
