-- Who opens which device: residents enrol a device and open it with a PIN, professionals sign in with a password and a second factor.
-- +goose Up
CREATE TABLE account.residents (
  id uuid PRIMARY KEY,
  cooperative_id uuid NOT NULL,
  member_id uuid NOT NULL,
  created_at timestamptz NOT NULL,
  ended_at timestamptz,
  CONSTRAINT a_member_has_one_account UNIQUE (member_id)
);

-- A person on their way in: invitation read, language, name and PIN chosen, charter not yet accepted.
CREATE TABLE account.joinings (
  id uuid PRIMARY KEY,
  token_hash bytea NOT NULL,
  cooperative_id uuid NOT NULL,
  invitation_id uuid NOT NULL,
  language text NOT NULL,
  name text,
  pin_hash text,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  CONSTRAINT a_joining_has_one_token UNIQUE (token_hash)
);
CREATE INDEX joinings_expire ON account.joinings (expires_at);

CREATE TABLE account.devices (
  id uuid PRIMARY KEY,
  resident_id uuid NOT NULL REFERENCES account.residents (id),
  token_hash bytea NOT NULL,
  pin_hash text NOT NULL,
  name text NOT NULL,
  tries int NOT NULL CONSTRAINT tries_are_counted_up CHECK (tries >= 0),
  open_after timestamptz NOT NULL,
  created_at timestamptz NOT NULL,
  seen_at timestamptz NOT NULL,
  ended_at timestamptz,
  CONSTRAINT a_device_has_one_token UNIQUE (token_hash)
);
CREATE INDEX devices_of_a_resident ON account.devices (resident_id, created_at DESC);

-- The professional's id is the worker's id in support.
CREATE TABLE account.professionals (
  id uuid PRIMARY KEY,
  email text NOT NULL CONSTRAINT an_email_is_lower_case CHECK (email = lower(email)),
  name text NOT NULL,
  function text NOT NULL CONSTRAINT a_function_is_known CHECK (function IN ('caseworker', 'coordinator', 'administrator')),
  language text NOT NULL,
  password_hash text,
  totp_sealed bytea,
  totp_step bigint NOT NULL,
  tries int NOT NULL CONSTRAINT tries_are_counted_up CHECK (tries >= 0),
  open_after timestamptz NOT NULL,
  created_at timestamptz NOT NULL,
  ended_at timestamptz,
  CONSTRAINT an_email_signs_one_person_in UNIQUE (email)
);

-- One-use links: a second device, a lost phone replaced at the desk, a professional's first sign-in, and a session at once for a demonstration.
CREATE TABLE account.links (
  id uuid PRIMARY KEY,
  token_hash bytea NOT NULL,
  opens text NOT NULL CONSTRAINT a_link_opens_something_known CHECK (opens IN ('device', 'first', 'session')),
  resident_id uuid REFERENCES account.residents (id),
  professional_id uuid REFERENCES account.professionals (id),
  pin_hash text,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  used_at timestamptz,
  CONSTRAINT a_link_has_one_token UNIQUE (token_hash),
  CONSTRAINT a_link_is_for_one_person CHECK (num_nonnulls(resident_id, professional_id) = 1),
  CONSTRAINT only_residents_have_devices CHECK ((opens = 'device') = (resident_id IS NOT NULL))
);

CREATE TABLE account.sessions (
  id uuid PRIMARY KEY,
  token_hash bytea NOT NULL,
  resident_id uuid REFERENCES account.residents (id),
  device_id uuid REFERENCES account.devices (id),
  professional_id uuid REFERENCES account.professionals (id),
  created_at timestamptz NOT NULL,
  seen_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  private_until timestamptz,
  ended_at timestamptz,
  CONSTRAINT a_session_has_one_token UNIQUE (token_hash),
  CONSTRAINT a_session_is_one_persons CHECK (num_nonnulls(resident_id, professional_id) = 1),
  CONSTRAINT a_residents_session_has_a_device CHECK ((resident_id IS NULL) = (device_id IS NULL))
);
CREATE INDEX sessions_of_a_resident ON account.sessions (resident_id) WHERE ended_at IS NULL;
CREATE INDEX sessions_of_a_professional ON account.sessions (professional_id) WHERE ended_at IS NULL;
CREATE INDEX sessions_ended_lately ON account.sessions (ended_at) WHERE ended_at IS NOT NULL;

GRANT SELECT, INSERT, UPDATE ON account.residents, account.devices, account.professionals, account.links, account.sessions TO lien_account;
GRANT SELECT, INSERT, UPDATE, DELETE ON account.joinings TO lien_account;

-- +goose Down
DROP TABLE account.sessions, account.links, account.professionals, account.devices, account.joinings, account.residents;
