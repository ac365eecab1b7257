/** An account; the login is the `sub` of its tokens. */
export interface User {
  readonly login: string;
  readonly password: string;
  readonly name: string;
}

export const ash: User = { login: 'ash', password: 'pikachu-i-choose-you', name: 'Ash Ketchum' };
export const misty: User = { login: 'misty', password: 'starmie-of-cerulean', name: 'Misty Williams' };

export const findUser = (login: string): User | undefined => [ash, misty].find((user) => user.login === login);
