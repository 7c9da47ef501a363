"""What somebody does who holds the file of a register, past everything that guards it.
  tamper.py VERIFY DATABASE CASE RECORDS   changes the register as the case says, and writes all records to RECORDS
VERIFY is the path of tools/verify.py, whose tree is used where roots are computed again.
"""
import importlib.util, sqlite3, sys

_, verify_path, path, case, records_path = sys.argv
spec = importlib.util.spec_from_file_location("verify", verify_path)
verify = importlib.util.module_from_spec(spec)
spec.loader.exec_module(verify)

base = sqlite3.connect(path)
base.executescript("""
    CREATE TABLE r AS SELECT * FROM records; CREATE TABLE c AS SELECT * FROM commits;
    DROP TABLE records; DROP TABLE commits;
    ALTER TABLE r RENAME TO records; ALTER TABLE c RENAME TO commits;""" if case != "none" else "")
count = base.execute("SELECT count(*) FROM records").fetchone()[0]
middle = count // 2

def blob(position):
    return base.execute("SELECT blob FROM records WHERE position = ?", (position,)).fetchone()[0]

def put(position, value):
    base.execute("UPDATE records SET blob = ? WHERE position = ?", (value, position))

def row(position):
    return base.execute("SELECT act, command, ordinal, at, kind, leaf, blob FROM records WHERE position = ?", (position,)).fetchone()

def insert(position, values):
    base.execute("INSERT INTO records (position, act, command, ordinal, at, kind, leaf, blob) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (position, *values))

def make_room(position):
    base.execute("UPDATE records SET position = position + 1 WHERE position >= ?", (position,))

def all_blobs():
    return [row[0] for row in base.execute("SELECT blob FROM records ORDER BY position")]

def rehash():
    """Every leaf and every commit again, so that the register agrees with itself."""
    leaves = [verify.hashed(b"\0", value) for value in all_blobs()]
    for position, leaf in enumerate(leaves):
        base.execute("UPDATE records SET leaf = ? WHERE position = ?", (leaf, position))
    for (size,) in base.execute("SELECT size FROM commits").fetchall():
        base.execute("UPDATE commits SET root = ? WHERE size = ?", (verify.root_over(leaves[:size]), size))

def flipped(value, at):
    return value[:at] + bytes([value[at] ^ 1]) + value[at + 1:]

def another_salt(value):
    at = value.index(b'"salt":"') + 8
    return value[:at] + (b"1" if value[at:at + 1] != b"1" else b"2") + value[at + 1:]

if case == "flipped":
    put(middle, flipped(blob(middle), len(blob(middle)) // 2))
elif case == "deleted":
    base.execute("DELETE FROM records WHERE position = ?", (middle,))
elif case == "inserted":
    values = row(middle)
    make_room(middle)
    insert(middle, (*values[:6], another_salt(values[6])))
elif case == "swapped":
    one, other = blob(middle), blob(middle + 1)
    put(middle, other), put(middle + 1, one)
elif case == "doubled":
    values = row(middle)
    make_room(middle + 1)
    insert(middle + 1, values)
elif case == "rehashed":
    put(middle, another_salt(blob(middle)))
    rehash()
elif case == "cut":
    base.execute("DELETE FROM records WHERE position >= ?", (count - 1,))
    base.execute("DELETE FROM commits WHERE size >= ?", (count,))
    last = base.execute("SELECT max(size) FROM commits").fetchone()[0]
    if last < count - 1:
        base.execute("INSERT INTO commits VALUES (?, zeroblob(32))", (count - 1,))
    rehash()
elif case != "none":
    sys.exit(f"no such case: {case}")
base.commit()
with open(records_path, "wb") as out:
    out.write(b"".join(value + b"\n" for value in all_blobs()))
for (act,) in base.execute("SELECT act FROM records ORDER BY position"):
    print(act)
