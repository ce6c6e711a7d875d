# Starts the demonstration town: the database, its people, the web server, and the worker that delivers messages.
set -eu
export DEMO=1
bin=.venv/bin
address="127.0.0.1:${PORT:-8000}"

"$bin/flask" db upgrade
# Prints who can sign in.
"$bin/flask" demo

# The worker lives as long as the server does, whichever way it stops.
"$bin/flask" worker &
worker=$!
# Without its control socket, which lies in the home folder and which two towns would share.
"$bin/gunicorn" --workers 2 --worker-class gthread --threads 4 --no-control-socket --bind "$address" "app:create_app()" &
server=$!
trap 'kill "$server" "$worker" 2>/dev/null || true; wait' EXIT
trap 'exit 0' INT TERM HUP

echo "La ville est ouverte : http://$address (Ctrl-C pour la fermer)"
wait "$server"
