/**
 * Self-signed for localhost, 127.0.0.1 and ::1, valid for a hundred years, made with openssl for this file alone. The key
 * protects nothing: only a client that was given this very certificate to trust accepts it.
 */
export const LOCAL_CERTIFICATE = {
  key: `
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgshGv8rQX4FTqLdjk
e7ynNWM8rKP2pcikoQ9JUi09s96hRANCAARppc3GfDU6DefYuVnBjXJiBQSjvfOv
pm5f0Yjv9KmzRXL47hg7d4UAFc7l1RlbYu/nN2KwkHi9xy/bPlWBE3NF
-----END PRIVATE KEY-----
`,
  cert: `
-----BEGIN CERTIFICATE-----
MIIBnDCCAUGgAwIBAgIBATAKBggqhkjOPQQDAjAUMRIwEAYDVQQDDAlsb2NhbGhv
c3QwIBcNMjYxMTIxMjI1ODAzWhgPMjEyNjEwMjgyMjU4MDNaMBQxEjAQBgNVBAMM
CWxvY2FsaG9zdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABGmlzcZ8NToN59i5
WcGNcmIFBKO986+mbl/RiO/0qbNFcvjuGDt3hQAVzuXVGVti7+c3YrCQeL3HL9s+
VYETc0WjgYEwfzAdBgNVHQ4EFgQUu8ujZrpdGrp9nNyayYW8iHPDrmswHwYDVR0j
BBgwFoAUu8ujZrpdGrp9nNyayYW8iHPDrmswDwYDVR0TAQH/BAUwAwEB/zAsBgNV
HREEJTAjgglsb2NhbGhvc3SHBH8AAAGHEAAAAAAAAAAAAAAAAAAAAAEwCgYIKoZI
zj0EAwIDSQAwRgIhAKECK3cFb3aS/PPlkBWC0q7UpKrYgHbbQ8Eb/m8Z/SyZAiEA
588WCoEC4l1axAlwA5oweW3gQX8UgydYMtgaBAg5d8E=
-----END CERTIFICATE-----
`,
} as const;
