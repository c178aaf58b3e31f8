"""What the hub is measured beside: OpenSSL's bare signatures, nginx with a file, oidc-provider in memory."""
import hashlib
import json
import os
import pathlib
import pwd
import re
import subprocess

from processes import Server, free_port

PEERS = pathlib.Path(__file__).resolve().parent / "peers"


def signature_cpu_ms(algorithm, seconds):
    """CPU time of one signature while all cores sign, as a server under load has them."""
    command = ["openssl", "speed", "-mr", "-seconds", str(seconds), algorithm]
    runs = [subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                             text=True) for _ in range(os.cpu_count() or 1)]
    spent = []
    for run in runs:
        output, _ = run.communicate(timeout=seconds * 4 + 20)
        # +F2:number:bits:signatures per second:... for RSA, +F4 for ECDSA; by the process's own time
        spent.append(1000 / float(re.search(r"^\+F[24]:\d+:\d+:([\d.e-]+)", output, re.M).group(1)))
    return sum(spent) / len(spent)


def nginx(folder, files):
    """nginx with two workers; files: what it serves, by path."""
    root = folder / "nginx"
    (root / "files").mkdir(parents=True)
    for path, content in files.items():
        (root / "files" / path.lstrip("/")).write_bytes(content)
    port = free_port()
    temporary = "".join(f"{kind}_temp_path {root}/{kind};\n" for kind in
                        ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    # The folder is readable for its owner only.
    user = f"user {pwd.getpwuid(0).pw_name};" if os.geteuid() == 0 else ""
    (root / "nginx.conf").write_text(f"""
{user} daemon off; worker_processes 2; pid {root}/pid; error_log {root}/error.log crit;
events {{ worker_connections 2048; }}
http {{
  access_log off; keepalive_requests 1000000000; default_type application/json;
  {temporary}
  server {{ listen 127.0.0.1:{port} backlog=1024; root {root}/files; }}
}}
""")
    command = ["nginx", "-p", str(root), "-c", str(root / "nginx.conf"), "-e", str(root / "error.log")]
    return Server("nginx", command, port)


def install_provider():
    wanted = hashlib.sha256((PEERS / "package-lock.json").read_bytes()).hexdigest()
    stamp = PEERS / "node_modules" / ".installed"
    if not stamp.exists() or stamp.read_text() != wanted:
        subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=PEERS, check=True, timeout=120,
                       stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        stamp.write_text(wanted)


def provider(client, refresh_tokens):
    """oidc-provider; the server and as many refresh tokens as asked for."""
    port = free_port()
    environment = {**os.environ, "NODE_ENV": "production"}
    server = Server("oidc-provider", ["node", str(PEERS / "provider.mjs"), str(port), *client, str(refresh_tokens)],
                    port, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    for line in server.process.stdout:  # it prints notices of its own before ours
        if line.startswith("{"):
            return server, json.loads(line)["tokens"]
    server.stop()
    raise RuntimeError("oidc-provider did not start")
