"""What leaves the machine, once: written in the saving transaction, sent by a worker."""
