/**
 * Given and family names of many places, without accents so that user names can be made of them.
 */
export const GIVEN_NAMES = (
  'Mira Jonas Amara Kenji Sofia Luca Priya Omar Ingrid Mateo Yuki Fatima Henrik Chiara Diego Leila Tomas Nadia Arjun ' +
  'Freya Bilal Camila Emeka Hana Ivan Julia Karim Linh Marek Noor Oscar Paula Quentin Rania Samuel Tara Ugo Vera Wei Zoe'
).split(' ');

export const FAMILY_NAMES = (
  'Okafor Lindqvist Tanaka Moreau Silva Kowalski Haddad Novak Iyer Berg Castillo Nguyen Fischer Osei Romano Petrov ' +
  'Yilmaz Dubois Andersen Mbeki Larsen Costa Weber Rahman Santos Kim Jansen Ferrari Adeyemi Hoffmann Vargas Chen ' +
  'Murphy Popescu Sato Nilsson Abdi Marino Schwarz Farouk'
).split(' ');

/** A city with its country and time zone. */
export const PLACES = [
  { locality: 'Lisbon', countryCode: 'PT', timezone: 'Europe/Lisbon', locale: 'pt-PT' },
  { locality: 'Oslo', countryCode: 'NO', timezone: 'Europe/Oslo', locale: 'nb-NO' },
  { locality: 'Toronto', countryCode: 'CA', timezone: 'America/Toronto', locale: 'en-CA' },
  { locality: 'Denver', countryCode: 'US', timezone: 'America/Denver', locale: 'en-US' },
  { locality: 'Nairobi', countryCode: 'KE', timezone: 'Africa/Nairobi', locale: 'en-KE' },
  { locality: 'Osaka', countryCode: 'JP', timezone: 'Asia/Tokyo', locale: 'ja-JP' },
] as const;

export const TITLES = ['Engineer', 'Analyst', 'Designer', 'Account manager', 'Nurse', 'Architect', 'Support agent'];
