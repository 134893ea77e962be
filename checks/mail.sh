#!/usr/bin/env bash
# Sends mails through Exim, with TLS and a password, and reads what Exim has delivered. A recipient that the server does not
# know becomes a dead letter. Needs root, Exim (Debian: exim4-daemon-light), OpenSSL, Python 3 and a JDK 21 or newer.
# Everything listens on 127.0.0.1 on free ports and is written to checks/target.
set -euo pipefail
cd "$(dirname "$0")/.."
readonly WORK="$PWD/checks/target/mail"
source checks/processes.sh

rm -rf "$WORK"
mkdir -p "$WORK"
smtp_port="$(free_port)"
password="$(openssl rand -hex 12)"
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost \
  -keyout "$WORK/key.pem" -out "$WORK/cert.pem" 2>/dev/null
cat >"$WORK/exim.conf" <<CONF
primary_hostname = localhost
spool_directory = $WORK/spool
log_file_path = $WORK/exim-%s.log
deliver_drop_privilege = true
tls_advertise_hosts = *
tls_certificate = $WORK/cert.pem
tls_privatekey = $WORK/key.pem
auth_advertise_hosts = \${if eq {\$tls_in_cipher}{} {}{*}}
acl_smtp_rcpt = recipient

begin acl
recipient:
  require authenticated = *
  require message = no such user here
          verify = recipient
  accept

begin routers
known:
  driver = accept
  domains = contoso.example
  local_parts = ann : bea
  transport = inbox

begin transports
inbox:
  driver = appendfile
  directory = $WORK/inbox/\$local_part_data
  maildir_format

begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_condition = \${if and {{eq {\$auth2}{offerflow}}{eq {\$auth3}{$password}}}}
  server_set_id = \$auth2
CONF
chown -R Debian-exim "$WORK"
chown root "$WORK/exim.conf"
start "$WORK/exim.log" exim4 -C "$WORK/exim.conf" -bdf -oX "127.0.0.1.$smtp_port"

./offerflow --version >/dev/null # builds it
export OFFERFLOW_NOTIFIER_MAIL_SMTP_HOST=localhost OFFERFLOW_NOTIFIER_MAIL_SMTP_PORT="$smtp_port" \
  OFFERFLOW_NOTIFIER_MAIL_SMTP_USER=offerflow OFFERFLOW_NOTIFIER_MAIL_SMTP_PASSWORD="$password" \
  OFFERFLOW_NOTIFIER_MAIL_SMTP_CA="$WORK/cert.pem" OFFERFLOW_NOTIFIER_MAIL_FROM=offers@marketplace.example
start "$WORK/up.log" ./offerflow up --broker-port 0 --registry-port 0 --http-port 0 --gateway-port 0 --pace 300
await_line "$WORK/up.log" 'Running until'
at=(--bootstrap-servers "$(word_after broker "$WORK/up.log")" --registry-url "$(word_after registry "$WORK/up.log")")
./offerflow recipients set contoso --to ann@contoso.example,bea@contoso.example,carl@contoso.example --language fr \
  "${at[@]}"
./offerflow send --ignore-after samples/contoso-shift-planner.jsonl "${at[@]}" >"$WORK/send.log" || {
  cat "$WORK/send.log" >&2
  fail 'the feed was not sent'
}
start "$WORK/dead-letters.jsonl" ./offerflow tail dead-letters --from-beginning -o jsonl "${at[@]}"
await_line "$WORK/dead-letters.jsonl" '"mail:contoso:carl@contoso.example".*"REFUSED"' # the preview is ready
./offerflow offer go-live contoso/shift-planner --wait "${at[@]}"
python3 - "$WORK/inbox" <<'PYTHON'
import email, email.policy, pathlib, sys, time

def mails(user):
    found = {}
    for path in pathlib.Path(sys.argv[1], user).glob('new/*'):
        mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        assert mail['Message-ID'] not in found, 'delivered twice: ' + mail['Message-ID']
        found[mail['Message-ID']] = mail
    return found

end = time.monotonic() + 60
while True:
    ann, bea = mails('ann'), mails('bea')
    if len(ann) == len(bea) and any(mail['Subject'].endswith('est en ligne') for mail in ann.values()):
        break
    assert time.monotonic() < end, [mail['Subject'] for mail in ann.values()]
    time.sleep(0.5)
for mail in ann.values():
    assert mail['To'] == 'ann@contoso.example' and mail['From'] == 'offers@marketplace.example', mail
    kinds = [part.get_content_type() for part in mail.walk()]
    assert kinds == ['multipart/alternative', 'text/plain', 'text/html'], kinds
    assert 'shift-planner' in mail.get_body(('plain',)).get_content(), mail['Subject']
    assert mail['Received'] and 'TLS' in mail['Received'], mail['Received']
for mail in sorted(ann.values(), key=lambda mail: email.utils.parsedate_to_datetime(mail['Date'])):
    print('  ' + mail['Subject'])
print(f'{len(ann) + len(bea)} mails in the inboxes of two recipients, each once, sent with TLS and a password.')
PYTHON
! grep -qF "$password" "$WORK"/*.log || fail 'the password is in a log'
