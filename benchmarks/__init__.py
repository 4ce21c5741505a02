"""Each claim of speed as a program that measures it, beside a named peer in the same run where there is one."""
