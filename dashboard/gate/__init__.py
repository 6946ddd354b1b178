"""La puerta: quién entra, con qué cabeceras sale cada respuesta y qué no existe para nadie."""
