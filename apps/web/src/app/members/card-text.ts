import { cardEnding } from '@fabomatic/members';

/** A card as pages show it: '0badf00d' -> '··F00D'. */
export function shortCard(uid: string): string {
  return `··${cardEnding(uid)}`;
}

/** All of its number, in pairs as a reader shows it: '0badf00d' -> '0B AD F0 0D'. */
export function spelledCard(uid: string): string {
  return (uid.toUpperCase().match(/.{1,2}/g) ?? []).join(' ');
}

/** 'Aurélie', 'Dubois' -> 'AD' */
export function initials(firstName: string, lastName: string): string {
  return `${firstName.charAt(0)}${lastName.charAt(0)}`.toUpperCase();
}
