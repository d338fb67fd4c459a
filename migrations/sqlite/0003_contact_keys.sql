-- One person, one key: without leading zeros, the 9 of Argentine and the 1 of Mexican mobiles (`Contact::key`).
update stay set contact_key = ltrim(contact_key, '0') where contact_key like '0%';
update stay set contact_key = substr(contact_key, 1, 2) || substr(contact_key, 4)
  where contact_key like '549__________' or contact_key like '521__________';
