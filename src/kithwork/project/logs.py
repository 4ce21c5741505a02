"""What may stand in a log: where and what kind of fault, never what somebody wrote."""

import logging
import traceback


class CodesOnly(logging.Filter):
    """Cut a record down to its message pattern, path without query, and the places of a traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info and record.exc_info[2]:
            kind = record.exc_info[0].__name__ if record.exc_info[0] else "Exception"
            places = [
                f"{frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(record.exc_info[2])
            ]
            record.msg = f"{record.getMessage().split('?')[0]} {kind} at {' < '.join(reversed(places[-6:]))}"
        else:
            record.msg = record.getMessage().split("?")[0]
        record.args, record.exc_info, record.exc_text = None, None, None
        return True
