"""What server, kiosks, boards and agents all reckon by: values, money, service days, ticket codes, masking. Pure."""
