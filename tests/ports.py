"""Ports of loopback for servers that tests start."""
import socket


def sockets(host="127.0.0.1", family=socket.AF_INET):
    """Bound to one port for TCP and UDP both: one that is free for the first alone may be another's."""
    for _ in range(100):
        tcp, udp = socket.socket(family), socket.socket(family, socket.SOCK_DGRAM)
        try:
            tcp.bind((host, 0))
            udp.bind(tcp.getsockname()[:2])
            return tcp, udp
        except OSError:
            tcp.close()
            udp.close()
    raise OSError("no port is free for both")


def free_port(host="127.0.0.1"):
    """For a server that cannot be handed a socket."""
    with socket.socket() as any_port:
        any_port.bind((host, 0))
        return any_port.getsockname()[1]
