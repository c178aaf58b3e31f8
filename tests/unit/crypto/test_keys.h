#pragma once

// Keys for tests only: they protect nothing.
namespace hub::testing {

// PKCS#1, 2048 bits.
inline constexpr const char* rsa_traditional_pem = R"(-----BEGIN RSA PRIVATE KEY-----
MIIEpAIBAAKCAQEAqq3NozGK42E6q72GFkx60Una0lHZIr5LzwCxfYTiW/bKju1I
zISoifuWPDWQdmseq0rB2vcd2IUHiiSicOTo/n+QLSmvIPFFBE3x3lcpbjta/qnE
t+LtO4rjJQROnEkIGY+ps74JPhC5XzsozGxPBOROkJhITdmHSjDGG2DxkpQkDkFt
rzLORwwG+MSbUmsARCVFvG75FWaEVy3U+d0R1ssGqBEUCrauGYqqJR8f2JCci6pg
wdSE4b4MZqFcrocNq8JKq6DBlywhitHt06UREFgsjXjj/ORbl0+6TCWvAlzIT9Kz
w7KDReAsC8S+Tr0V89XLVG9ybodxjgsFnuz/fQIDAQABAoIBAEQSptooR88xd7+I
iwK4xSFU9f/9Yf9v63dnvOKljcyFDTvdGrRrUncaD0z7Rh9c0PIbkl69QbuaLywj
OWCSg/UBNqU0o2Mdp1u0pLt7gwwygzPfzRRUXy7o0Xhxk9LUc/UR7erA6BnHfM+l
HjwOFKQMVONpwSi/kix+cHz5+M9vPIBnIoZK87p2aGfPfXoKrbCy28k6NGRAXY6k
QuSw3sQFVgIXJ1EPqSV7Jc2uuatileKnjRpnFc2ewAyy7Nqcc2hkdL35sCh1LFNZ
jdbktE3xK1PyYj9ZzDDfd+G3IZYWfR/F8RrgCxVQ+guYvalCKUdVYhrw2Ggufxpk
8pcs4ncCgYEA1KNfRYia5FJYaDMJi1gpI5rc/KT2FduwT+jjL+3n2XTKH8vEI0yZ
dB/oprO0yPE4z3gdZCn6T7C6K2jdbQiPsw0A6aCLf4OivZqcDSAx9M1PB+NxMw5q
2JEOcp/pP+uEMx99hOb+iDd9NspWWh3DWKkzOW0cNtG8sdggdD9073MCgYEAzXv6
PG4OMNIw8z+MndVSmPxtir6rlwJUQxAejAYHquorEwv8YYNqBiEZiBHk92qKaKlF
ns0yxxNiCBqiJXiE5/4vM9wDi1z+QlrCp5K8wRpaDbX6BE9whUF7iDadeEJYYyOU
kOWTL5ovbag9oSdp2IsY8gxHPxvQ5E1PqBa/uU8CgYEAvoeg32o29+z9AGjy3WPi
gN/LsamSQyW1hvSzVQgEXioyzmjD16lUOuQ4j96oWAElGWmUVGL0wiElv63X8lHg
iNxW+//53wkxclkuCOjXOnYYoYXfsZLylBjt7DFzS+4ZZ8GIs+RTH/Uwgj6tP1Q5
7KC3oHYu+MPYIzb4ZZFSkxcCgYA7SLWdkbMOatYsl/0d3FoEQW/pQ7GF0+oznwbx
Jxw3N3BOAntCNwPz2MDg/SiuKVLdd1jaxCEORo1WATkeznKp7C/6KlPrdVz2D/Fx
H2jN3ah1pDcJ31F7YLUfS4KLG7kcgTtvwoyAg1+Dp7KAODrVeuwriVdU4dWWyKde
u5F9CQKBgQCIDwgxLJvl/tAFFXT5j9dhL64Vb7nGJgXDP2rh35L/1E9guXSR5qsQ
1Hl2btddhhoNPFspJZMTEvhKEE3PMJ6WLwN3sCRz445mRpiPIcTqbeRcPCdo01C0
shD5Z4FuwoSGQZzy1xtaFKdi47okYDipLz/LYhejd0Zzrz+gt2JgEw==
-----END RSA PRIVATE KEY-----
)";

// SEC 1, P-256, with the parameters before it.
inline constexpr const char* ec_traditional_pem = R"(-----BEGIN EC PARAMETERS-----
BggqhkjOPQMBBw==
-----END EC PARAMETERS-----
-----BEGIN EC PRIVATE KEY-----
MHcCAQEEIIZBrZ4UiCOC4wh7/C9+nrCQgHop7Y9IRf6aWjeG7FdIoAoGCCqGSM49
AwEHoUQDQgAE7DN8GFiXkwtl24BF65KuTaC6Cn2/uuH1yjnQopv7ZluowI6OGgBR
lhhsEQpSn2AN8Mt/0hVDcbNmdFK+EeUb+Q==
-----END EC PRIVATE KEY-----
)";

// The same key in PKCS#8.
inline constexpr const char* ec_pkcs8_pem = R"(-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQghkGtnhSII4LjCHv8
L36esJCAeintj0hF/ppaN4bsV0ihRANCAATsM3wYWJeTC2XbgEXrkq5NoLoKfb+6
4fXKOdCim/tmW6jAjo4aAFGWGGwRClKfYA3wy3/SFUNxs2Z0Ur4R5Rv5
-----END PRIVATE KEY-----
)";

// Refused: too short.
inline constexpr const char* rsa_1024_pem = R"(-----BEGIN RSA PRIVATE KEY-----
MIICXQIBAAKBgQCckGlODaBFhSb8MG1E/cNaF2CornQc6I4P/Q1WTwkWyhB3mMYk
ja72bSfjM22BGozkF/t1iqv2MGR498pcMSAQmt1kVX62kU/r7otbfKC2TKE11Ltz
HzBlhI+1aSoYN0Kmv1dCKLZpF+pvTDUcIMR35d9i+YaNdhH0hWLBha24fwIDAQAB
AoGBAI03sNRHdB3gyVZFs/m7zr3vQi9EE9WTabhALwx/g5o7rnjBo0+LQJpjwMut
MoN12ElQ3G6cIxmPcsCt+KgJY3pNg15PgTPS/5Y5e0xbLKRtYPQkYiOmsMWHW7/z
QrVnYDavo69ugAihMX/LYdw6J70xMN7CuaRWSh38nuPPRlPpAkEAzPFMMQZdWM8c
JIrgQy8yM4o2zxeJgXGFXbuKjYK7I958QayLh9KiW466C14wbjOseb0twUr4DYVp
SyA5llvdAwJBAMORqWCCMNTzrG7bHwa8Qta5hlDMVKrPORYM7JC64Q2ZNT6fl4U0
urRCYLxvPuYNpZk1CJoyDS/XS3ALEgFRR9UCQFAJJBI5RBc8uubifXZ/ZgGOxpzV
ulOc+9KBPTjKhz8Y0jnrooomjlVnRezOmedPstnQMaA9IOZW5an7KcI4mfUCQDXm
3Mcjuu/GpXz8WeXSV521DqcQWjml2bcRItaVG1hTJNC4zdtB+D+cl+r3wl9H3Z+H
dXKCXw4TidA8zN6eF20CQQCO3UT+5YDa1W4ktdosauIYl8nd1CUCAHR3elO8E21m
aMNrhkr4Y/gfLxUOV4zfqZIb3kMclgIinc55dGsEm173
-----END RSA PRIVATE KEY-----
)";

// Refused: another curve.
inline constexpr const char* p384_pem = R"(-----BEGIN EC PRIVATE KEY-----
MIGkAgEBBDApzefXP0GCyycsPCSOV/g/H/kqQBLKH+Qspn59NIIT+CHUBvzFKb5z
RsMpShySoD6gBwYFK4EEACKhZANiAAQkz7ovD2yuJKdaN9/eKIAznYtoUcIenDVl
cM50EoxAR0yevZ+SGR+I9HSo22qZzZQQZp8EUdKOVxY7Eh+JM1zg78o5z6SlXOzO
bBE4Cj2x0AuJ5GoCCn1YP8kOxb2tNhU=
-----END EC PRIVATE KEY-----
)";

// Refused: cannot sign.
inline constexpr const char* x25519_pem = R"(-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VuBCIEIDAh6w1AzhyHkiUVnzbwT+teD1BrYK0YdMf7iFJF89xl
-----END PRIVATE KEY-----
)";

// Refused: encrypted.
inline constexpr const char* encrypted_pkcs8_pem = R"(-----BEGIN ENCRYPTED PRIVATE KEY-----
MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAhK8DUR7ffZpQICCAAw
DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEPavwgiUlrhKrCrHiw5nUaQEgZAG
mUfdqIyfhOINixm7fZvqDPfgeCre4TNiwrvosXZc57gEd3lm6KJnBMjPZdGDirvI
pC+Bn9omeS++bYOXdezZi/6ekKBqwoNKiZS6AP3+j7AcB7XOhoOY8XI4SbbaADjP
eEscBtIviYpQ8SYnlYTtFNgXG3OLxOUUyes8SIPon+6p8yWYtSlRSKn9+/zLbLs=
-----END ENCRYPTED PRIVATE KEY-----
)";

// Refused: encrypted with the empty password.
inline constexpr const char* encrypted_without_password_pem = R"(-----BEGIN ENCRYPTED PRIVATE KEY-----
MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAh3j4gply3m4wICCAAw
DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEPDBFrdSdWcsV+oabkgyFrAEgZCd
iPgzzySgkIiYmk7q2sv6HXyMCH1adZwhCfY5yJiorK1FR+eYEYVC9fj1n1pLZyFU
EJXPNtyyR+aTav+3o/CCKJm24Kl2Pg2rMKd9Kv59Q36jhW7Z/cXevf8T+LxsWb+j
l3SUeQOQ6bfaEAfTzk8A2oN0s+enhYUqdq+ZeR7QhplDw4ATnZLJfbRRIms2fVU=
-----END ENCRYPTED PRIVATE KEY-----
)";

// Refused: encrypted.
inline constexpr const char* encrypted_traditional_pem = R"(-----BEGIN EC PRIVATE KEY-----
Proc-Type: 4,ENCRYPTED
DEK-Info: AES-256-CBC,9A96599E4AE02D9E544BC3CB7C0011A3

AbDwnW4EPi1HJwn7wgwQSxkP38+Ko3rhETMmO3a47ioUol5xPlbSZkdrogUD3s/X
g+m8T7DTSvvrpZxQVLGvEVjsRaGCAyE/Szt1oWPneI/YNxyC9SOfumLYlifiCw7K
f40dEN7SjljLm9cgYV2cDoAC4LswqVZVJ5P3XzsOJaY=
-----END EC PRIVATE KEY-----
)";

// Refused: the private half of one key and the public half of another.
inline constexpr const char* halves_of_two_keys_pem = R"(-----BEGIN EC PRIVATE KEY-----
MHcCAQEEIIZBrZ4UiCOC4wh7/C9+nrCQgHop7Y9IRf6aWjeG7FdIoAoGCCqGSM49
AwEHoUQDQgAEkDlVnD+4J1MRqOd1Wygp29srmLEab8Z1B6myh+J4FpCFelUnldyR
Pl0hw/cdDfiwpDcvPecbSUGYb9sRJ2LKkg==
-----END EC PRIVATE KEY-----
)";

// The private key of RFC 8037 appendix A.1.
inline constexpr const char* rfc8037_pem = R"(-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g
-----END PRIVATE KEY-----
)";

}  // namespace hub::testing
