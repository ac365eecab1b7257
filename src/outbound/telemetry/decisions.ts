/** What receipts say of an attempt within which more than one request was sent. */
export const TOKEN_RENEWED = 'the token was refused: tried again with another';
export const SENT_ELSEWHERE = 'sent to another server';
